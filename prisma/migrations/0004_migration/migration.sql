-- An instance can move to another definition: what waits for it moves along.

-- Why an instance could not take a command, where there are several reasons.
alter table command_refusal add column errors jsonb;

grant update (process_definition_id, process_id, element_id) on message_subscription, signal_subscription to baton_engine;
