import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { preloadTransport } from './bridge/preload.ts'
import { newQueries } from './bridge/queries.ts'
import { socketTransport } from './bridge/socket.ts'
import { watchTouches } from './bridge/touches.ts'
import './styles/index.css'

const socketAddress = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/socket`

const transport = window.okpay ? preloadTransport(window.okpay) : socketTransport(socketAddress())
watchTouches(transport.tellActed)
const root = document.getElementById('root')
if (root) createRoot(root).render(<App transport={transport} queries={newQueries()} />)
