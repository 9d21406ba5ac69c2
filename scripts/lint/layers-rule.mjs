import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuiltin } from 'node:module';
import { layers, nodeModules, outboundFolder } from './layer-table.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const outboundModules = ['undici', 'node:https', 'node:http2'];

/** Reports every import that the table in `layer-table.mjs` does not allow. */
export const layersRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      layer: '{{from}} may not import {{to}} (see scripts/lint/layer-table.mjs)',
      types: '{{from}} may import only types from {{to}}: write "import type"',
      package: '{{from}} is not the place for the package {{to}} (see scripts/lint/layer-table.mjs)',
      builtin: '{{from}} may not use {{to}}: time, ids and IO come in from outside',
      outbound: '{{to}} only in src/http/outbound: requests leave through one guarded client',
      feature: 'a feature imports nothing from another feature: {{from}} imports {{to}}',
    },
  },
  create(context) {
    const file = relative(root, context.filename).replaceAll('\\', '/');
    const row = layers.find((layer) => isIn(file, layer.folder));
    if (row === undefined) return {};
    const check = (node, typesOnly) => {
      const source = node?.value;
      if (typeof source !== 'string') return;
      const problem = judge(file, row, source, typesOnly);
      if (problem !== undefined) context.report({ node, messageId: problem.messageId, data: { from: row.folder, to: problem.to } });
    };
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
    };
  },
};

function judge(file, row, source, typesOnly) {
  if (isBuiltin(source)) return judgeBuiltin(file, source, typesOnly);
  if (!source.startsWith('.')) return judgePackage(file, row, source, typesOnly);
  const target = relative(root, join(root, dirname(file), source)).replaceAll('\\', '/').replace(/\.(js|ts|tsx|mjs)$/, '');
  return judgeProject(file, row, target, typesOnly);
}

function judgeBuiltin(file, source, typesOnly) {
  if (typesOnly) return undefined;
  const name = source.startsWith('node:') ? source : `node:${source}`;
  if (outboundModules.includes(name) && isIn(file, 'src') && !isIn(file, outboundFolder)) return { messageId: 'outbound', to: name };
  const rule = nodeModules.find((candidate) => isIn(file, candidate.folder));
  return rule === undefined || rule.allow.includes(name) ? undefined : { messageId: 'builtin', to: name };
}

function judgePackage(file, row, source, typesOnly) {
  const name = source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/');
  if (!row.packages.includes(name)) return { messageId: 'package', to: name };
  if (!typesOnly && outboundModules.includes(name) && !isIn(file, outboundFolder)) return { messageId: 'outbound', to: name };
  return undefined;
}

function judgeProject(file, row, target, typesOnly) {
  const feature = featureOf(file);
  if (feature !== undefined && featureOf(target) !== undefined && featureOf(target) !== feature) return { messageId: 'feature', to: target };
  const own = file.split('/').slice(0, row.folder.split('/').length + (row.folder === 'src/adapters' ? 1 : 0)).join('/');
  const allowed = row.mayImport.map((folder) => (folder === 'own' ? own : folder));
  const refused = (row.mayNotImport ?? []).some((folder) => isIn(target, folder));
  if (!refused && allowed.some((folder) => isIn(target, folder))) return undefined;
  if ((row.mayImportTypes ?? []).some((folder) => isIn(target, folder))) return typesOnly ? undefined : { messageId: 'types', to: target };
  return { messageId: 'layer', to: target };
}

function featureOf(path) {
  return /^web\/src\/features\/([^/]+)/.exec(path)?.[1];
}

/** Whether a path is this module (`src/main` is `src/main.ts`) or lies below this folder. */
function isIn(path, folder) {
  return path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`);
}
