import { looksAtEveryView } from '../journeys/looking.ts'
import { appearances } from '../looks.ts'

looksAtEveryView('en', appearances)
