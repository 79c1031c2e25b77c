import type { Language } from '#shared/text'
import type { KeyPicture } from './content'
import type { ReportWords } from './words'

/** A report as one page that needs nothing but itself: no script, pictures within. */
export function reportHtml(words: ReportWords, pictures: readonly KeyPicture[], language: Language): string {
  const findings = words.findings.map(
    ({ title, colour, facts, note }, at) => `<section>
<h2><i style="background:${colour}"></i>${escaped(title)}</h2>
<div class="finding">${figure(pictures[at], colour, words.pictureGone)}<div>${table(facts)}${
      note && `<p class="note">${escaped(note)}</p>`
    }</div></div>
</section>`,
  )
  const tags = words.tags.map((tag) => `<li>${escaped(tag)}</li>`)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(words.title)}</h1>
${table(words.facts)}
${findings.length > 0 ? findings.join('\n') : `<p>${escaped(words.noFindings)}</p>`}
${tags.length > 0 ? `<section><h2>${escaped(words.tagsTitle)}</h2><ul>${tags.join('')}</ul></section>` : ''}
<footer><p>${escaped(words.notice)}</p><p>${escaped(words.made)}</p></footer>
</body>
</html>
`
}

const STYLE = `
@page { size: A4; margin: 16mm }
body { font: 14px/1.5 system-ui, sans-serif; color: #1b1f24; max-width: 760px; margin: 32px auto; padding: 0 16px }
h1 { font-size: 22px; margin: 0 0 12px }
h2 { font-size: 16px; margin: 0 0 8px; display: flex; align-items: center; gap: 8px }
h2 i { width: 12px; height: 12px; border-radius: 3px }
section { margin-top: 24px; break-inside: avoid }
.finding { display: grid; grid-template-columns: 320px 1fr; gap: 20px }
figure { margin: 0; position: relative; background: #000; border-radius: 6px; overflow: hidden; align-self: start }
figure img, figure svg { display: block; width: 100% }
figure svg { position: absolute; inset: 0; height: 100% }
figure p { color: #fff; padding: 48px 16px; text-align: center }
table { border-collapse: collapse }
th { text-align: left; font-weight: 400; color: #57606a; padding: 2px 16px 2px 0; vertical-align: top; white-space: nowrap }
td { padding: 2px 0; overflow-wrap: anywhere }
.note { border-left: 3px solid #d0d7de; padding-left: 10px }
footer { margin-top: 32px; border-top: 1px solid #d0d7de; color: #57606a; font-size: 12px }`

function figure(picture: KeyPicture | undefined, colour: string, gone: string): string {
  if (!picture?.jpeg) return `<figure><p>${escaped(gone)}</p></figure>`
  const { jpeg, rows, columns, outlines, lines } = picture
  const path = [...outlines.map((ring) => `${pathOf(ring)}Z`), ...lines.map(pathOf)].join('')
  const source = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`
  return `<figure><img src="${source}" alt=""><svg viewBox="0 0 ${columns} ${rows}"><path d="${path}" fill="none" stroke="${colour}" stroke-width="2" vector-effect="non-scaling-stroke"/></svg></figure>`
}

const pathOf = (points: readonly (readonly [number, number])[]) =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('')

const rounded = (value: number) => Math.round(value * 10) / 10

const table = (facts: readonly (readonly [string, string])[]) =>
  `<table>${facts.map(([name, value]) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`).join('')}</table>`

/** Text as text: nothing from a tag or a person is ever markup. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
