// @ts-check
// What a change of the policy does by itself, and how to see first what it would do. Pure.

/** @param {{running: boolean, activePeople: number}|null} service */
export function effectOf(service) {
  if (!service) return "";
  const { running, activePeople } = service;
  if (!activePeople)
    return "Nobody is active yet, so nothing is done by it. A dry run with it shows what it would do; applying the plan then activates people.";
  const whom = whoIsActive(activePeople);
  if (!running)
    return `${whom}, and the service is stopped: nothing is done until it is started. A dry run with it shows what it would do; then change the policy, apply the plan, start the service.`;
  return `${whom} and the service runs: it acts on their calendars at once. To see first what it would do: make a dry run with it. To do exactly that: stop the service, change the policy, apply the plan, start the service.`;
}

/** The same of a policy whose plan was looked at. @param {{running: boolean, activePeople: number}|null} service */
export function effectOnPlan(service) {
  if (!service) return "";
  const { running, activePeople } = service;
  if (!activePeople) return "Nobody is active yet, so nothing is done by it. Then this plan can be applied, which activates people.";
  if (!running) return `${whoIsActive(activePeople)}, and the service is stopped: nothing is done until it is started. Before that this plan can be applied.`;
  return `${whoIsActive(activePeople)} and the service runs: it acts on their calendars at once, faster than this plan. To do exactly what you read here, stop the service first.`;
}

const whoIsActive = (/** @type {number} */ count) => `${count === 1 ? "1 person is" : `${count} people are`} active`;
