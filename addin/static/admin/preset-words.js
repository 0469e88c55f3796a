// @ts-check
// What a change of the policy does by itself, and how to see first what it would do. Pure.

/** @param {{running: boolean, activePeople: number}|null} service */
export function effectOf(service) {
  if (!service) return "";
  const { running, activePeople } = service;
  if (!activePeople)
    return "Nobody is active yet, so nothing is done by it. A dry run then shows what it would do, and applying the plan activates people.";
  const whom = `${activePeople === 1 ? "1 person is" : `${activePeople} people are`} active`;
  if (!running)
    return `${whom}, and the service is stopped: nothing is done until it is started. Then make a dry run, apply its plan, start the service.`;
  return `${whom} and the service runs: it acts on their calendars at once. To see first what it would do: leave it, and make a dry run with it under Initial sync. To do exactly that then: stop the service, change the policy, apply the plan, start the service again.`;
}
