import { Menu, type MenuItemConstructorOptions } from 'electron'
import { formatMessage } from '#locales/format.ts'
import type { AppLocale, MessageKey } from '#locales/index.ts'

export type MenuOptions = { readonly locale: AppLocale; readonly platform: NodeJS.Platform; readonly lock: () => void }

type Item = MenuItemConstructorOptions

const line: Item = { type: 'separator' }

function template({ locale, platform, lock }: MenuOptions): Item[] {
  const isMac = platform === 'darwin'
  const say = (key: MessageKey) => formatMessage(locale, key)
  const does = (role: NonNullable<Item['role']>, key: MessageKey): Item => ({ role, label: say(key) })
  const macOnly = (...items: Item[]): Item[] => (isMac ? items : [])
  return [
    {
      label: say('menu.wallet'),
      submenu: [
        ...macOnly(does('about', 'menu.about'), line),
        { label: say('menu.lock'), accelerator: 'CmdOrCtrl+Shift+L', click: lock },
        line,
        ...macOnly(does('hide', 'menu.hide'), does('hideOthers', 'menu.hideOthers'), does('unhide', 'menu.showAll'), line),
        does('quit', 'menu.quit'),
      ],
    },
    {
      label: say('menu.edit'),
      submenu: [
        does('undo', 'menu.undo'),
        does('redo', 'menu.redo'),
        line,
        does('cut', 'menu.cut'),
        does('copy', 'menu.copy'),
        does('paste', 'menu.paste'),
        does('selectAll', 'menu.selectAll'),
      ],
    },
    {
      label: say('menu.view'),
      submenu: [
        does('zoomIn', 'menu.zoomIn'),
        does('zoomOut', 'menu.zoomOut'),
        does('resetZoom', 'menu.zoomReset'),
        line,
        does('togglefullscreen', 'menu.fullScreen'),
      ],
    },
    { label: say('menu.window'), submenu: [does('minimize', 'menu.minimize'), does('close', 'menu.close')] },
  ]
}

/** Puts the menu bar in the person's language. */
export const setMenu = (options: MenuOptions): void => Menu.setApplicationMenu(Menu.buildFromTemplate(template(options)))
