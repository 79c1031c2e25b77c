// Runs before the first paint, so that a light theme does not flash dark and the document has its language.
try {
  const scheme = localStorage.getItem('lepton.scheme')
  const language = localStorage.getItem('lepton.language')
  if (scheme) document.documentElement.dataset.mantineColorScheme = scheme
  if (language) document.documentElement.lang = language
} catch {
  // Without storage the defaults of index.html stand.
}
