import { rmSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { sharedData, temporaryFolder } from '../fixtures/paths'
import { type DesktopApp, launchDesktop } from './desktop-app'

let userData: string
let desktop: DesktopApp

test.beforeAll(async () => {
  userData = temporaryFolder('desktop')
  desktop = await launchDesktop(userData)
  console.log(`The desktop shell runs under: ${desktop.shell}`)
})

test.afterAll(async () => {
  await desktop.close()
  rmSync(userData, { recursive: true, force: true })
})

test('the window opens on the library', async () => {
  await expect(desktop.page.getByRole('heading', { name: 'Library' })).toBeVisible()
})

test('the page gets a few functions and nothing of Node', async () => {
  const seen = await desktop.page.evaluate(() => {
    const page = window as unknown as Record<string, unknown>
    return {
      bridge: Object.keys(page.lepton as object).sort(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in page),
    }
  })
  expect(seen.node).toEqual([])
  expect(seen.bridge).toEqual([
    'chooseFolder',
    'onMenu',
    'onOpenPaths',
    'openPaths',
    'pathForFile',
    'platform',
    'reveal',
  ])
})

test('the page is isolated, so that WebAssembly may use threads', async () => {
  expect(await desktop.page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('the window is sandboxed and locked down', async () => {
  test.skip(desktop.facts === null, 'seen through the stand-in only')
  expect(desktop.facts?.sandboxed).toBe(true)
  expect(desktop.facts?.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
  expect(desktop.facts?.refused).toEqual({
    navigation: true,
    ownNavigation: false,
    window: true,
    permission: true,
    network: true,
  })
})

test('the bridge answers only the app’s own window, and checks what it is given', async () => {
  test.skip(desktop.facts === null, 'seen through the stand-in only')
  expect(await desktop.invokeFrom('https://evil.example/', 'lepton:choose-folder')).toMatch(/refused/)
  expect(await desktop.invokeFrom('lepton://app/', 'lepton:open-paths', 'everything')).toMatch(/invalid/i)
})

test('a folder chosen in the native dialog is taken in', async () => {
  const folder = sharedData('sts-dicom/STS_002/MR_T1/image')
  test.skip(folder === null, 'the shared test data is not here')
  await desktop.answerDialogs([folder ?? ''])
  await desktop.page
    .getByRole('button', { name: /open folder/i })
    .first()
    .click()
  await expect(desktop.page.getByText('STS_002').first()).toBeVisible({ timeout: 60_000 })
})
