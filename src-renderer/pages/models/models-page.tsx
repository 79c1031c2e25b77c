import { PageFrame } from '#renderer/ui/page-frame'

export default function Page() {
  return <PageFrame title="models">{null}</PageFrame>
}
