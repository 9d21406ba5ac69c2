/**
 * `npm start`: builds what is out of date, then becomes the server.
 *   --demo                     the invented company, in a data folder of its own (./data-demo); --fresh begins it anew
 *   --run backup|restore|import FILE, --run recompute  a task on the store instead of the server; restore --replace: over what is there; import --id NAME; recompute --repair
 */
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error('Rapport needs Node.js 20.19 or newer; this is ' + process.versions.node + '. Newer ones: https://nodejs.org');
  process.exit(1);
}
import('./launch.mjs').then(
  function (launch) {
    return launch.launch(process.argv.slice(2));
  },
).catch(function (error) {
  console.error(error && error.name === 'AppError' ? error.message : error);
  process.exit(1);
});
