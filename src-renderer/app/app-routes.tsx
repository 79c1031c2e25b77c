import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import Library from '#renderer/pages/library/library-page'
import { Layout } from './layout/layout'
import { NotFound } from './layout/not-found'
import { Viewer } from './viewer-route'

const Scoring = lazy(() => import('#renderer/pages/scoring/scoring-page'))
const Job = lazy(() => import('#renderer/pages/scoring/job-page'))
const Models = lazy(() => import('#renderer/pages/models/models-page'))
const Model = lazy(() => import('#renderer/pages/models/model-page'))
const NewModel = lazy(() => import('#renderer/pages/models/wizard/wizard-page'))
const Sources = lazy(() => import('#renderer/pages/sources/sources-page'))
const DataSets = lazy(() => import('#renderer/pages/datasets/datasets-page'))
const DataSet = lazy(() => import('#renderer/pages/datasets/dataset-page'))
const Settings = lazy(() => import('#renderer/pages/settings/settings-page'))

/** Every address of the app. The library is in the first bundle; every other page is its own, fetched when it
 * is first opened. */
export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<Library />} />
        <Route path="study/:studyId" element={<Viewer />} />
        <Route path="scoring" element={<Scoring />} />
        <Route path="scoring/:jobId" element={<Job />} />
        <Route path="datasets" element={<DataSets />} />
        <Route path="datasets/:dataSetId" element={<DataSet />} />
        <Route path="models" element={<Models />} />
        <Route path="models/new" element={<NewModel />} />
        <Route path="models/:id/:version" element={<Model />} />
        <Route path="sources" element={<Sources />} />
        <Route path="settings" element={<Settings />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}
