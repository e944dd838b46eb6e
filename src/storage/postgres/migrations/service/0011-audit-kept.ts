import type { Migration } from '../../../migration.ts'

/** The audit log is only written on, line after line, also by a hand in SQL. */
export const auditKept: Migration = {
  version: 1,
  name: 'service-audit-kept',
  needsTriggers: true,
  sql: `
CREATE FUNCTION audit_is_only_written_on() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only written on' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER audit_entry_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_written_on();
CREATE FUNCTION audit_has_no_gap() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM audit_entry) THEN
    RAISE EXCEPTION 'the audit log has no gap' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_follows BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_has_no_gap();`,
}
