import type { Migration } from '../../../migration.ts'

/** What a person handed in stays, with all its parts, while the step that it was handed in for waits for its answer: also from a hand in SQL. */
export const documentsKept: Migration = {
  version: 1,
  name: 'service-documents-kept',
  sql: `
CREATE TRIGGER identity_document_no_delete BEFORE DELETE ON identity_document
  WHEN OLD.state = 'handed_in' AND OLD.kept_until IS NULL
  BEGIN SELECT RAISE(ABORT, 'a document in review stays'); END;
CREATE TRIGGER identity_document_no_update BEFORE UPDATE ON identity_document
  WHEN NEW.holder_id <> OLD.holder_id OR NEW.address <> OLD.address OR NEW.step <> OLD.step OR NEW.pages <> OLD.pages
  BEGIN SELECT RAISE(ABORT, 'a document stays what it is'); END;
CREATE TRIGGER identity_document_no_end BEFORE UPDATE ON identity_document
  WHEN OLD.state = 'handed_in' AND OLD.kept_until IS NULL AND (NEW.state <> 'handed_in' OR NEW.kept_until IS NOT NULL)
    AND EXISTS (SELECT 1 FROM identity_step s WHERE s.holder_id = OLD.holder_id AND s.step = OLD.step AND s.state = 'in_review')
  BEGIN SELECT RAISE(ABORT, 'a document in review stays'); END;
CREATE TRIGGER identity_document_part_no_delete BEFORE DELETE ON identity_document_part
  WHEN EXISTS (SELECT 1 FROM identity_document d
    WHERE d.holder_id = OLD.holder_id AND d.address = OLD.address AND d.state = 'handed_in' AND d.kept_until IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a document in review stays'); END;
CREATE TRIGGER identity_document_part_no_update BEFORE UPDATE ON identity_document_part
  BEGIN SELECT RAISE(ABORT, 'a document stays what it is'); END;`,
}
