import { PageFrame } from '#renderer/ui/page-frame'

export default function Page() {
  return <PageFrame title="library">{null}</PageFrame>
}
