/** Closes a dispute that was passed on, when everybody has answered it to whom it was, but for those who turned it down. One that all turned down is this body's to answer. Values: the council, the dispute, when. */
export const CLOSE_ANSWERED = `
  update sharing.dispute d set answered_at = $3 where council_id = $1 and dispute_id = $2 and answered_at is null and exists (select from sharing.dispute_answer a where a.council_id = $1 and a.dispute_id = $2) and not exists (
    select from sharing.outgoing o where o.council_id = $1 and o.about = $2 and o.kind = 'disputed' and o.turned_down_at is null and not exists (select from sharing.dispute_answer a where a.council_id = $1 and a.dispute_id = $2 and a.body_id = o.peer_id))`;
