import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

/** What is wrong with a field, in words that say what to do; by its name. */
export type Problems = ReadonlyMap<string, string>;

interface Field {
  name: string;
  label: string;
  hint?: string;
  value?: string;
  problems: Problems;
}

/** What is wrong with a form, at its top and first to be read, with links to the fields. */
export function problemList(problems: Problems): Html | '' {
  if (problems.size === 0) return '';
  const items = [...problems].map(([field, words]) => html`<li><a href="#${field}">${words}</a></li>`);
  return html`<div class="problems" role="alert" tabindex="-1" autofocus>
<h2>Something is missing</h2>
<ul>${items}</ul>
</div>`;
}

/** One line of text. */
export function line(
  field: Field & { type?: 'text' | 'date'; complete?: 'name' | 'off'; most?: number },
): Html {
  const { name, value = '', type = 'text', complete = 'off', most = 200, problems } = field;
  return html`<div class="field">
<label for="${name}">${field.label}</label>
${under(field)}
<input id="${name}" name="${name}" type="${type}" value="${value}" dir="auto" autocomplete="${complete}" maxlength="${most}"${described(field)}${problems.has(name) ? html` aria-invalid="true"` : ''}>
</div>`;
}

/** Several lines of text. */
export function area(field: Field & { most: number }): Html {
  const { name, value = '', most, problems } = field;
  return html`<div class="field">
<label for="${name}">${field.label}</label>
${under(field)}
<textarea id="${name}" name="${name}" rows="4" dir="auto" maxlength="${most}"${described(field)}${problems.has(name) ? html` aria-invalid="true"` : ''}>
${value}</textarea>
</div>`;
}

/** A file to be chosen; `accept` is what the browser offers. */
export function file(field: Field & { accept: string }): Html {
  const { name, accept, problems } = field;
  return html`<div class="field">
<label for="${name}">${field.label}</label>
${under(field)}
<input id="${name}" name="${name}" type="file" accept="${accept}"${described(field)}${problems.has(name) ? html` aria-invalid="true"` : ''}>
</div>`;
}

/** A box to be ticked. */
export function tick(field: Field & { checked?: boolean }): Html {
  const { name, value = 'yes', checked = false, problems } = field;
  return html`<div class="field tick">
<input id="${name}" name="${name}" type="checkbox" value="${value}"${checked ? html` checked` : ''}${described(field)}${problems.has(name) ? html` aria-invalid="true"` : ''}>
<label for="${name}">${field.label}</label>
${under(field)}
</div>`;
}

/** Boxes that belong together; `name` is that of the first. */
export function group(field: Field, boxes: readonly Html[]): Html {
  return html`<fieldset${described({ ...field, name: `${field.name}-all` }, field)}>
<legend>${field.label}</legend>
${under({ ...field, name: `${field.name}-all` }, field)}
${boxes}
</fieldset>`;
}

function under(field: Field, of: Field = field): Html {
  const problem = of.problems.get(of.name);
  return html`${field.hint === undefined ? '' : html`<p class="hint" id="${field.name}-hint">${field.hint}</p>`}${problem === undefined ? '' : html`<p class="problem" id="${field.name}-problem">${problem}</p>`}`;
}

function described(field: Field, of: Field = field): Html | '' {
  const ids = [
    ...(field.hint === undefined ? [] : [`${field.name}-hint`]),
    ...(of.problems.has(of.name) ? [`${field.name}-problem`] : []),
  ];
  return ids.length === 0 ? '' : html` aria-describedby="${ids.join(' ')}"`;
}
