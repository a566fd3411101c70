/**
 * Of a contribution `c`: whether what it is about is its organisation’s own, because it publishes that itself, or belongs to whoever does, or that one to it. What somebody says of their own package is their word, and
 * nobody’s besides.
 */
export const IS_OWN_WORD = `exists (select from catalogue.package k left join catalogue.publisher p on p.council_id = k.council_id and p.publisher_id = k.publisher_id
  left join catalogue.publisher w on w.council_id = c.council_id and w.publisher_id = c.organisation_id where k.council_id = c.council_id and k.name = c.package_name
  and (k.publisher_id = c.organisation_id or p.state->'linkedTo' @> to_jsonb(c.organisation_id) or w.state->'linkedTo' @> to_jsonb(k.publisher_id)))`;

/** Of a contribution `c` of an organisation `o`: whether a council or a regional body says it, of what others have made. Only such are counted as adopters. */
export const IS_ADOPTER = `(o.kind in ('council', 'regional-body') and not ${IS_OWN_WORD})`;
