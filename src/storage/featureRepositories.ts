/** The repositories of registration, mail, top-ups and bank files; they stand in every transaction beside the ledger (`Tx` in serviceStore.ts). */
export type FeatureRepositories = Readonly<Record<never, never>>
