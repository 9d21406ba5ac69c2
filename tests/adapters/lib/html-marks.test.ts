import { expect } from 'chai';
import fc from 'fast-check';
import { htmlToMarks } from '../../../src/adapters/lib/html-marks.js';

describe('HTML of a post as light marks', () => {
  const cases: [string, string, string][] = [
    ['paragraphs and breaks', '<p>One<br>two</p><p>Three</p>', 'One\ntwo\n\nThree'],
    ['marks', '<p><strong>b</strong> <em>i</em> <del>s</del> <code>c*d</code></p>', '**b** *i* ~~s~~ `c*d`'],
    ['spaces that were made bold stay outside', 'a<b> b </b>c', 'a **b** c'],
    ['a link that shows its address', '<a href="https://velowerk.example/hilfe"><span class="invisible">https://</span><span>velowerk.example/hilfe</span></a>', 'https://velowerk.example/hilfe'],
    ['a link with words', '<a href="https://velowerk.example/a">the page</a>', '[the page](https://velowerk.example/a)'],
    ['a link that runs something is its words', '<a href="javascript:alert(1)">click</a>', 'click'],
    ['lists', '<ul><li>front</li><li>back</li></ul>', '- front\n- back'],
    ['quotes', '<blockquote><p>said</p></blockquote>answer', '> said\n\nanswer'],
    ['code blocks keep their lines', '<pre><code>a\n  b</code></pre>', '```\na\n  b\n```'],
    ['scripts are nothing', 'a<script>alert(1)</script><style>p{}</style>b', 'ab'],
    ['signs in somebody’s words are no marks', '<p>**not bold** and [x](y)</p>', '\\*\\*not bold** and \\[x](y)'],
    ['plain text', 'just text', 'just text'],
  ];
  for (const [name, html, marks] of cases) it(name, () => expect(htmlToMarks(html)).to.equal(marks));

  it('survives anything, also thirty thousand open elements', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200, unit: fc.constantFrom('<', '>', 'p', '/', 'b', ' ', '&', 'amp;', '"', '=', 'a', '`', '*', '\n') }), (html) => typeof htmlToMarks(html) === 'string'), { numRuns: 500 });
    expect(htmlToMarks(`${'<div>'.repeat(30_000)}deep`)).to.equal('deep');
  });
});
