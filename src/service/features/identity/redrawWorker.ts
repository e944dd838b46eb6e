import { parentPort, workerData } from 'node:worker_threads'
import { redrawPages } from './redraw.ts'
import type { RedrawJob } from './redrawOnThread.ts'

/** Redraws one file and ends. */
const { bytes, kind }: RedrawJob = workerData
parentPort?.postMessage(await redrawPages(bytes, kind))
