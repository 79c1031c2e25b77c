import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startTexts } from './i18n'
import { Root } from './root'

startTexts()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  )
}
