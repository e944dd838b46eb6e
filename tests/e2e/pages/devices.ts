import type { Scene } from '../scene.ts'

/** Settings -> Devices, where one other device is signed in. */
export function devicesPage({ page, t, hand }: Scene) {
  const other = page
    .getByRole('region', { name: t('devices.title') })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `${t('devices.revoke')}: ` }) })
  const dialog = page.getByRole('dialog')
  return {
    other,
    askRename: () => hand.press(other.getByRole('button', { name: `${t('devices.rename')}: ` })),
    askRevoke: () => hand.press(other.getByRole('button', { name: `${t('devices.revoke')}: ` })),
    dialog,
    async rename(name: string) {
      await this.askRename()
      await hand.type(dialog.getByRole('textbox', { name: t('devices.name'), exact: true }), name)
      await hand.press(dialog.getByRole('button', { name: t('devices.renameAct'), exact: true }))
      await other.getByText(name, { exact: true }).waitFor()
    },
    async revoke(name: string) {
      await this.askRevoke()
      await dialog.getByRole('heading', { name: t('devices.revokeTitle', { name }) }).waitFor()
      await hand.press(dialog.getByRole('button', { name: t('devices.revokeAct'), exact: true }))
      await other.waitFor({ state: 'detached' })
    },
  }
}
