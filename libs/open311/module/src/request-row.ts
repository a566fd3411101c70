/** A row of open311.request. */
export interface RequestRow {
  readonly case_id: string;
  readonly client_id: string;
  readonly request_hash: string;
  readonly service_code: string;
  readonly is_private: boolean;
  readonly fixmystreet_id: string | null;
  readonly reference: string | null;
  readonly status: string;
  readonly is_closed: boolean;
  readonly requested_at: Date | null;
  readonly updated_at: Date;
}
export const REQUEST_COLUMNS = 'case_id, client_id, request_hash, service_code, is_private, fixmystreet_id, reference, status, is_closed, requested_at, updated_at';
