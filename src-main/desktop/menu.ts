import { Menu, type MenuItemConstructorOptions } from 'electron'
import i18next from 'i18next'
import { texts } from '#shared/text'

/** The native menu in the language of the system; its commands are carried out by the window. */
export function installMenu(locale: string, command: (name: string) => void): void {
  const i18n = i18next.createInstance()
  void i18n.init({
    lng: locale.startsWith('zh') ? 'zh' : 'en',
    resources: texts,
    ns: ['desktop'],
    defaultNS: 'desktop',
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  const item = (key: string, name: string, accelerator?: string): MenuItemConstructorOptions => ({
    label: i18n.t(key),
    click: () => command(name),
    ...(accelerator && { accelerator }),
  })
  const template: MenuItemConstructorOptions[] = [
    {
      label: i18n.t('menu.file'),
      submenu: [
        item('menu.openFolder', 'open-folder', 'CmdOrCtrl+O'),
        item('menu.openFiles', 'open-files', 'CmdOrCtrl+Shift+O'),
        { type: 'separator' },
        item('menu.settings', 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        { role: 'quit', label: i18n.t('menu.quit') },
      ],
    },
    {
      label: i18n.t('menu.edit'),
      submenu: [
        { role: 'cut', label: i18n.t('menu.cut') },
        { role: 'copy', label: i18n.t('menu.copy') },
        { role: 'paste', label: i18n.t('menu.paste') },
        { role: 'selectAll', label: i18n.t('menu.selectAll') },
      ],
    },
    {
      label: i18n.t('menu.view'),
      submenu: [
        { role: 'togglefullscreen', label: i18n.t('menu.fullScreen') },
        { role: 'resetZoom', label: i18n.t('menu.actualSize') },
        { role: 'zoomIn', label: i18n.t('menu.larger') },
        { role: 'zoomOut', label: i18n.t('menu.smaller') },
      ],
    },
    { label: i18n.t('menu.help'), submenu: [item('menu.shortcuts', 'shortcuts', 'F1')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
