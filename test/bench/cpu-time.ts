/** User and system time of this process in ms. Wall time would count the neighbours' work too. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
