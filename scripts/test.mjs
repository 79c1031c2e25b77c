// Everything that needs no download: checks, unit tests, build, end-to-end tests. Ends with one line of counts.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = (name) => join(root, 'node_modules', name)
const reports = mkdtempSync(join(tmpdir(), 'lepton-test-'))
const count = { passed: 0, failed: 0, skipped: 0 }
const failures = []

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 22) {
  console.error(
    `The tests need Node 22 or newer; this is ${process.version}. Run "npm test", which uses the Node that "npm ci" installed.`,
  )
  process.exit(1)
}

const { findChromium } = await import('./chromium.ts')

check('Types', bin('typescript-native/bin/tsc'), ['-p', 'src-shared'])
check('Types of main', bin('typescript-native/bin/tsc'), ['-p', 'src-main'])
check('Types of the renderer', bin('typescript-native/bin/tsc'), ['-p', 'src-renderer'])
check('Types of the end-to-end tests', bin('typescript-native/bin/tsc'), ['-p', 'e2e'])
check('Types of the benchmarks', bin('typescript-native/bin/tsc'), ['-p', 'benchmarks'])
check('Lint and format', bin('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings'])
check('Layers', bin('dependency-cruiser/bin/dependency-cruiser.mjs'), [
  '--config',
  '.dependency-cruiser.cjs',
  '--output-type',
  'err-long',
  'src-shared',
  'src-main',
  'src-renderer',
])
check('Unused code', bin('knip/bin/knip.js'), [])
check('Build', bin('electron-vite/bin/electron-vite.js'), ['build', '--logLevel', 'warn'])

suite('Unit tests', bin('vitest/vitest.mjs'), ['run', '--reporter=default', '--reporter=json'], (file) => {
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const broken = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
})

if (findChromium()) {
  suite('End-to-end tests', bin('@playwright/test/cli.js'), ['test', '--reporter=list,json'], (file) => {
    const { stats } = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
  })
} else {
  console.log(
    '\n== End-to-end tests in the browser: NOT RUN. No Chromium was found. Install it with "apt-get install chromium" (Debian), or "npx playwright install chromium", or name one in CHROMIUM_PATH.',
  )
  suite(
    'End-to-end tests of the command line',
    bin('@playwright/test/cli.js'),
    ['test', '--project=cli', '--reporter=list,json'],
    (file) => {
      const { stats } = JSON.parse(readFileSync(file, 'utf8'))
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
    },
  )
}

rmSync(reports, { recursive: true, force: true })
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`)
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exit(count.failed > 0 ? 1 : 0)

/** A check passes or fails as a whole. */
function check(name, script, args) {
  console.log(`\n== ${name}`)
  const ended = run(script, args)
  if (ended === 0) count.passed += 1
  else fail(name)
}

/** A test runner whose report says how many tests passed. */
function suite(name, script, args, read) {
  console.log(`\n== ${name}`)
  const file = join(reports, `${name.replaceAll(' ', '-')}.json`)
  const ended = run(script, args, { VITEST_JSON: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  if (!existsSync(file)) return fail(`${name} (no report)`)
  const result = read(file)
  for (const key of Object.keys(count)) count[key] += result[key]
  if (result.failed > 0) failures.push(name)
  else if (ended !== 0) fail(`${name} (exit ${ended})`)
}

function fail(name) {
  count.failed += 1
  failures.push(name)
}

function run(script, args, environment = {}) {
  return spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  }).status
}
