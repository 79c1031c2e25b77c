import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { askAhead } from './ask-ahead'
import { startTexts } from './i18n'
import { queryClient } from './query-client'
import { Root } from './root'

askAhead(queryClient, window.location)
startTexts()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  )
}
