import type { FeatureRepositories } from '../../featureRepositories.ts'
import type { Database } from '../database.ts'

export const sqliteFeatureRepositories = (_db: Database): FeatureRepositories => ({})
