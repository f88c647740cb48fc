/** The resources that keep a number of pods, of the API group `apps`. */
export const CONTROLLER_RESOURCES = ['deployments', 'statefulsets', 'daemonsets'] as const;

export type ControllerResource = (typeof CONTROLLER_RESOURCES)[number];

export type ListedResource = 'nodes' | 'pods' | ControllerResource;
