/** The elements of a subject's instance ($1) in the order they were completed, with the form that each task showed. */
export const VISITED = `
  select e.element_id, t.external_reference as form from engine_element e
    join engine_instance i on i.epoch = e.epoch and i.key = e.instance_key
    left join engine_user_task t on t.epoch = e.epoch and t.element_key = e.key
   where i.subject_id = $1 and e.state = 'completed' and e.element_type not in ('PROCESS', 'EXCLUSIVE_GATEWAY', 'EVENT_BASED_GATEWAY')
   order by e.ended_at, e.key::bigint`
