import { contextBridge, ipcRenderer } from 'electron'
import { methods } from './methods.ts'

/** The channel of each method is its name; this one carries what the wallet tells unasked. */
const eventChannel = 'event'

/** The page gets one function a method and one to listen; neither Electron's objects nor any other channel reach it. */
const bridge = {
  ...Object.fromEntries(methods.map(method => [method, (input: unknown): Promise<unknown> => ipcRenderer.invoke(method, input)])),
  onEvent: (listener: (event: string, payload: unknown) => void): void => {
    ipcRenderer.on(eventChannel, (_, event: string, payload: unknown) => listener(event, payload))
  },
}

contextBridge.exposeInMainWorld('okpay', bridge)
