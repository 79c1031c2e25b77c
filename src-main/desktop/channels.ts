/** Names of the few messages between preload and main. */
export const channels = {
  openPaths: 'lepton:open-paths',
  chooseFolder: 'lepton:choose-folder',
  reveal: 'lepton:reveal',
  listening: 'lepton:listening',
  paths: 'lepton:paths',
  menu: 'lepton:menu',
} as const
