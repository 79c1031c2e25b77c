import { spawn } from 'node:child_process'
import { isIP } from 'node:net'
import type { Command } from 'commander'
import { z } from 'zod'
import { serve } from '#main/server/serve'
import { LeptonError } from '#shared/domain/fault'
import { EXIT } from './faults'
import { onInterrupt } from './interrupt'
import { t } from './language'
import { type DataOption, withStudio } from './studio'

interface ServeOptions extends DataOption {
  port?: string
  host?: string
  open?: boolean
}

const portNumber = z.coerce.number().int().min(0).max(65_535)

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description(t('serve.about'))
    .option('--port <n>', t('serve.port'))
    .option('--host <addr>', t('serve.host'))
    .option('--open', t('serve.open'))
    .option('--data <dir>', t('help.data'))
    .action((options: ServeOptions) =>
      withStudio(options, 'server', async (studio) => {
        const server = await serve({ handler: studio.handler, host: options.host, port: portOf(options) })
        console.log(t('serve.ready', { url: server.url }))
        if (options.host !== undefined && !isLoopback(options.host)) {
          console.error(`${t('fault.warning')}: ${t('serve.exposed', { host: options.host })}`)
        }
        console.error(t('serve.stop'))
        if (options.open) openBrowser(server.url)
        await new Promise<void>((resolve) => onInterrupt(resolve))
        await server.close()
        return EXIT.ok
      }),
    )
}

function portOf({ port }: ServeOptions): number | undefined {
  if (port === undefined) return undefined
  const parsed = portNumber.safeParse(port)
  if (parsed.success) return parsed.data
  throw new LeptonError('INPUT_INVALID', { expected: '--port from 0 to 65535', received: port })
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** The address is printed as well, so a computer without a browser loses nothing. */
function openBrowser(url: string): void {
  const [command, ...parts] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url]
  const child = spawn(command ?? 'xdg-open', parts, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
