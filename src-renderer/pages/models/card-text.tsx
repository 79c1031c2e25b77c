import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import classes from './card-text.module.css'

const gfm = [remarkGfm]
const withoutPictures = ['img']

/** A model card. Raw HTML in it stays text and pictures are left out: a package is data from anywhere. */
export function CardText({ markdown }: { markdown: string }) {
  return (
    <div className={classes.card}>
      <Markdown
        remarkPlugins={gfm}
        disallowedElements={withoutPictures}
        components={{
          // the page has the title; a card's own begins one level below it
          h1: 'h2',
          h2: 'h3',
          h3: 'h4',
          a: ({ children, href }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
          table: ({ children }) => (
            <div className={classes.table}>
              <table>{children}</table>
            </div>
          ),
        }}
      >
        {markdown}
      </Markdown>
    </div>
  )
}
