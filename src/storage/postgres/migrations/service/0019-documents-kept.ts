import type { Migration } from '../../../migration.ts'

/** What a person handed in stays, with all its parts, while the step that it was handed in for waits for its answer: also from a hand in SQL. */
export const documentsKept: Migration = {
  version: 1,
  name: 'service-documents-kept',
  needsTriggers: true,
  sql: `
CREATE FUNCTION document_in_review_stays() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a document in review stays' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION document_stays_what_it_is() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a document stays what it is' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION document_part_has_its_document() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM identity_document WHERE holder_id = NEW.holder_id AND address = NEW.address) THEN
    RAISE EXCEPTION 'a part belongs to a document' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION document_goes_with_its_parts() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM identity_document_part WHERE holder_id = OLD.holder_id AND address = OLD.address) THEN
    RAISE EXCEPTION 'a part belongs to a document' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION document_part_stays_in_review() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM identity_document
    WHERE holder_id = OLD.holder_id AND address = OLD.address AND state = 'handed_in' AND kept_until IS NULL) THEN
    RAISE EXCEPTION 'a document in review stays' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE FUNCTION document_ends_with_its_review() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM identity_step WHERE holder_id = OLD.holder_id AND step = OLD.step AND state = 'in_review') THEN
    RAISE EXCEPTION 'a document in review stays' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER identity_document_no_delete BEFORE DELETE ON identity_document FOR EACH ROW
  WHEN (OLD.state = 'handed_in' AND OLD.kept_until IS NULL) EXECUTE FUNCTION document_in_review_stays();
CREATE TRIGGER identity_document_no_update BEFORE UPDATE ON identity_document FOR EACH ROW
  WHEN (NEW.holder_id <> OLD.holder_id OR NEW.address <> OLD.address OR NEW.step <> OLD.step OR NEW.pages <> OLD.pages)
  EXECUTE FUNCTION document_stays_what_it_is();
CREATE TRIGGER identity_document_no_end BEFORE UPDATE ON identity_document FOR EACH ROW
  WHEN (OLD.state = 'handed_in' AND OLD.kept_until IS NULL AND (NEW.state <> 'handed_in' OR NEW.kept_until IS NOT NULL))
  EXECUTE FUNCTION document_ends_with_its_review();
CREATE TRIGGER identity_document_with_parts AFTER DELETE ON identity_document FOR EACH ROW EXECUTE FUNCTION document_goes_with_its_parts();
CREATE TRIGGER identity_document_no_truncate BEFORE TRUNCATE ON identity_document FOR EACH STATEMENT
  EXECUTE FUNCTION document_in_review_stays();
CREATE TRIGGER identity_document_part_belongs BEFORE INSERT ON identity_document_part FOR EACH ROW
  EXECUTE FUNCTION document_part_has_its_document();
CREATE TRIGGER identity_document_part_no_delete BEFORE DELETE ON identity_document_part FOR EACH ROW
  EXECUTE FUNCTION document_part_stays_in_review();
CREATE TRIGGER identity_document_part_no_update BEFORE UPDATE OR TRUNCATE ON identity_document_part FOR EACH STATEMENT
  EXECUTE FUNCTION document_stays_what_it_is();`,
}
