import type { Output } from '../../oracle/history.ts';
import type { CheckedViolation, CheckVerdict } from '../../oracle/verdict.ts';
import { cellOf, fieldsOf } from '../../spec/eligibility.ts';
import { questionIds, questionOf } from '../../spec/questions.ts';
import { connectionStates, storeTypes } from '../../spec/vocabulary.ts';
import { allowedText, valueText } from '../outcome-text.ts';
import { coverageLines, missed } from './coverage.ts';
import { grouped } from './grouped.ts';
import { type Explorers, explorerFrame, explorerScript } from './html-explorer.ts';
import { style } from './html-style.ts';
import { escaped } from './html-text.ts';
import { type ReproForm, repro, reproForms } from './repro.ts';
import { stateDiagram } from './state-diagram.ts';

/** The verdict as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function htmlReport(
  verdict: CheckVerdict,
  explain: (violation: CheckedViolation) => readonly string[],
  explorers?: Explorers,
): string {
  const { violations, observed, unreached } = verdict;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${verdict.verdict}: ${verdict.endpoint}`)}</title>
<style>${style}</style>
</head>
<body>
<header class="${verdict.verdict}">
<p class="eyebrow">Custom key stores of AWS KMS, checked against their specification</p>
<h1><span class="badge">${verdict.verdict}</span> ${escaped(verdict.endpoint)}</h1>
<dl class="facts">
${facts(verdict)
  .map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  .join('\n')}
</dl>
</header>
<main>
${notesSection(verdict)}
<section id="violations"><h2>Violations</h2>
${violations.length === 0 ? '<p class="quiet">None was found.</p>' : ''}
${grouped(violations)
  .flatMap(({ cause, violations: alike }) => [
    `<h3 class="cause">${escaped(cause).replaceAll('\n', '<br>')}</h3>`,
    ...alike.map((each) => violationArticle(each, verdict, explain, explorers, each === violations[0])),
  ])
  .join('\n')}
</section>
<section id="eligibility"><h2>What may change when</h2>
<p class="legend"><span class="conforms">conforms</span><span class="violates">violates</span><span class="unreached">not reached</span></p>
${storeTypes.map((type) => matrix(type, observed)).join('\n')}
</section>
<section id="states"><h2>Connection states</h2>
<div class="scroll">${stateDiagram(observed)}</div>
</section>
<section id="profile"><h2>Profile</h2>
<p>Which way this implementation decides the points that the documents leave open.</p>
${profileTable(verdict)}
</section>
<section id="coverage"><h2>Coverage</h2>
<div class="bars">${Object.entries(verdict.coverage)
    .map(([what, { seen }]) => {
      const of = seen + missed(what, unreached);
      return `<div class="bar"><span>${escaped(what)}</span><progress max="${of}" value="${seen}" aria-label="${escaped(what)}">${seen}</progress><span>${seen} of ${of}</span></div>`;
    })
    .join('\n')}</div>
${coverageLines(verdict)
  .slice(1)
  .map((line) => `<p class="quiet">${escaped(line)}</p>`)
  .join('\n')}
</section>
</main>
${explorers === undefined ? '' : explorerScript(explorers.page)}
</body>
</html>
`;
}

function facts(verdict: CheckVerdict): readonly (readonly [string, string])[] {
  const { violations, events, seed, editions } = verdict;
  const conforming = Object.entries(editions).flatMap(([edition, what]) => (what === 'conforms' ? [edition] : []));
  return [
    ['violations', String(violations.length)],
    ['answers judged', String(events)],
    ['editions that allow all of it', conforming.join(', ') || 'none'],
    ['seed', String(seed)],
  ];
}

function notesSection({ notes, missing, inconsistent, left, baseline }: CheckVerdict): string {
  const lines = [
    ...Object.entries(missing).map(([op, answer]) => `Not implemented: ${op} (${answer})`),
    ...inconsistent.map(({ question }) => `Inconsistent: ${question} was answered one way and then another`),
    ...notes,
    ...(left.length > 0 ? [`Left behind: ${left.join(', ')}`] : []),
    ...(baseline?.gone ?? []).map((print) => `The baseline has ${print}, which does not occur any more`),
  ];
  return lines.length === 0
    ? ''
    : `<section id="notes"><h2>Notes</h2><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></section>`;
}

function violationArticle(
  violation: CheckedViolation,
  { endpoint, baseline }: CheckVerdict,
  explain: (violation: CheckedViolation) => readonly string[],
  explorers: Explorers | undefined,
  isFirst: boolean,
): string {
  const { title, fingerprint, history, mismatches = [], allowed, sources = [], again, replay } = violation;
  const accepted = baseline?.known.includes(fingerprint) ? '<span class="tag">in the baseline</span>' : '';
  const stable =
    again.of > 0 && again.seen === again.of
      ? ''
      : `<span class="tag warn">${again.of === 0 ? 'not sent again' : `unstable: ${again.seen} of ${again.of}`}</span>`;
  return `<details class="violation" id="v-${escaped(fingerprint)}"${isFirst ? ' open' : ''}>
<summary><strong>${escaped(title)}</strong> <code>${escaped(fingerprint)}</code>${accepted}${stable}</summary>
<ol class="steps">
${history.map((event, place) => step(event, place === history.length - 1)).join('\n')}
</ol>
${mismatches.length > 0 ? `<table class="differences"><thead><tr><th>member</th><th>shown</th><th>may be</th></tr></thead><tbody>${mismatches.map(({ member, observed = null, expected }) => `<tr><th>${escaped(member)}</th><td class="violates">${escaped(valueText(observed))}</td><td>${escaped(expected.map(valueText).join(' or '))}</td></tr>`).join('')}</tbody></table>` : ''}
<p>Allowed would be: ${allowed.map((outcome) => `<code>${escaped(allowedText(outcome))}</code>`).join(', ') || 'nothing'}</p>
${sources.length === 0 ? '' : `<ul class="sources">${sources.map(({ page, says, address }) => `<li>${escaped(says)}: ${address === undefined ? escaped(page) : `<a href="${escaped(address)}">${escaped(page)}</a>`}</li>`).join('')}</ul>`}
${explorerFrame(explorers?.states.get(fingerprint), title)}
<details><summary>In full</summary><pre>${escaped(explain(violation).join('\n'))}</pre></details>
${Object.keys(reproForms)
  .map(
    (form) =>
      `<details><summary>As a program: ${names[form as ReproForm]}</summary><pre>${escaped(repro(violation, endpoint, form as ReproForm))}</pre></details>`,
  )
  .join('\n')}
<p class="quiet">Again: <code class="token">--replay ${escaped(replay)}</code></p>
</details>`;
}

const names: Readonly<Record<ReproForm, string>> = {
  http: 'raw HTTP',
  aws: 'AWS CLI',
  boto3: 'boto3',
  javascript: 'JavaScript',
};

function step(event: Output, isLast: boolean): string {
  const { op, input, ok, error, unknown } = event as {
    op?: string;
    input?: object;
    ok?: object;
    error?: string;
    unknown?: string;
  };
  const outcome = ok === undefined ? (error ?? unknown ?? '') : `ok ${JSON.stringify(ok)}`;
  return `<li class="${isLast ? 'last' : ''}"><b>${escaped(op ?? '')}</b> <code>${escaped(JSON.stringify(input ?? {}))}</code><br><span class="outcome">${escaped(outcome)}</span></li>`;
}

function matrix(type: (typeof storeTypes)[number], observed: CheckVerdict['observed']): string {
  const rows = fieldsOf(type).map((field) => {
    const cells = connectionStates.map((state) => {
      const what = observed[`${type} ${field} ${state}`] ?? 'unreached';
      const cell = cellOf(type, field, state) ?? '';
      const documented = cell === 'allow' ? 'may' : cell === 'reject' ? 'may not' : 'open';
      return `<td class="${what}" title="${escaped(`${field} while ${state}: ${documented}${documented === 'open' ? ` (${cell})` : ''}; ${what === 'unreached' ? 'not reached' : what}`)}">${documented}</td>`;
    });
    return `<tr><th scope="row">${escaped(field)}</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table class="matrix"><caption>${type}</caption><thead><tr><td></td>${connectionStates.map((state) => `<th scope="col">${state}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function profileTable({ profile, inconsistent }: CheckVerdict): string {
  const asked = Object.entries(profile);
  if (asked.length === 0) return '<p class="quiet">No open point came up.</p>';
  const rows = asked.map(([question, choices]) => {
    const id = questionIds.find((each) => each === question);
    const mark = inconsistent.some((each) => each.question === question)
      ? ' <span class="tag warn">inconsistent</span>'
      : '';
    return `<tr><th scope="row">${escaped(question)}${mark}<p class="quiet">${escaped(id === undefined ? '' : questionOf(id).asks)}</p></th><td>${choices.map((choice) => `<code title="${escaped(id === undefined ? '' : (questionOf(id).choices[choice] ?? ''))}">${escaped(choice)}</code>`).join('<br>')}</td></tr>`;
  });
  return `<div class="scroll"><table class="profile"><thead><tr><th>question</th><th>answers that are left</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
