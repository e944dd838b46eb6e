import { looksAtEveryView } from '../journeys/looking.ts'
import { appearances } from '../looks.ts'

// The colours of an appearance are the same in each language: one language is enough for all of them.
looksAtEveryView('zh-CN', [appearances[0]])
