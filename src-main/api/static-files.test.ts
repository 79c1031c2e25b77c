import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { staticFiles } from './static-files'

const folder = mkdtempSync(join(tmpdir(), 'lepton-static-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), 'the app')
writeFileSync(join(folder, 'assets/a.js'), 'a script')
const serve = staticFiles(folder)

it.each(['/', '/study/3', '/models/sts-mr-lesion/1.0.0'])('gives the app for the screen %s', async (path) => {
  expect(await serve(path)?.text()).toBe('the app')
})

it('gives a built file with its type', async () => {
  const response = serve('/assets/a.js')
  expect(await response?.text()).toBe('a script')
  expect(response?.headers.get('content-type')).toMatch('text/javascript')
})

it.each(['/assets/b.js', '/../package.json', '/favicon.ico'])('has nothing at %s', (path) => {
  expect(serve(path)).toBeNull()
})
