import 'i18next'
import type { texts } from '#shared/text/index'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: (typeof texts)['en']
  }
}
