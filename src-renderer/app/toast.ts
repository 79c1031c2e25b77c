import i18next from 'i18next'
import { create } from 'zustand'
import type { Fault } from '#shared/domain/fault'
import { faultFrom } from './fault'

type Kind = 'good' | 'bad' | 'plain'

const colours = { good: 'var(--ok)', bad: 'var(--bad)', plain: 'var(--accent)' }

/** Whether anything was told yet: the place for it is fetched only then, most visits need none. */
export const useToasts = create<{ wanted: boolean }>(() => ({ wanted: false }))

/** Tells something in the corner of the window. */
export async function toast(message: string, kind: Kind = 'plain', title?: string): Promise<void> {
  useToasts.setState({ wanted: true })
  const { notifications } = await import('@mantine/notifications')
  notifications.show({
    message,
    title,
    color: colours[kind],
    autoClose: kind === 'bad' ? 12_000 : 5_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  })
}

/** The error of a call, as its sentence with what came and what to do. */
export function toastError(error: unknown): void {
  const fault: Fault = faultFrom(error)
  const details = [fault.received, fault.remedy].filter(Boolean).join(' — ')
  void toast(details || fault.code, 'bad', i18next.t(`errors:${fault.code}`))
}
