import { Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { api } from '#renderer/app/api'
import { useProtocolName } from '#renderer/app/protocol-names'
import { useSettings } from '#renderer/app/settings'
import type { HangingProtocol } from '#shared/domain/hanging-protocol'
import { hangStudy } from './hang-study'

/** Hanging protocols to lay the open study out by. */
export function Protocols() {
  const { t } = useTranslation('viewer')
  const nameOf = useProtocolName()
  const protocols = useSettings()?.hangingProtocols ?? []
  const studyId = Number(useParams().studyId)
  const queries = useQueryClient()
  const lay = async (protocol: HangingProtocol) => {
    const { series } = await queries.fetchQuery(api.library.study.queryOptions({ input: { studyId } }))
    await hangStudy(protocol, studyId, series)
  }
  if (protocols.length === 0) return null
  return (
    <>
      <Menu.Label>{t('panes.protocols')}</Menu.Label>
      {protocols.map((protocol) => (
        <Menu.Item key={protocol.id} onClick={() => void lay(protocol)}>
          {nameOf(protocol)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  )
}
