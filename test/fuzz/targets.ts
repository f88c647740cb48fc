import type {Target} from './target.ts';
import {CADVISOR} from './targets/cadvisor.ts';
import {INVENTORY} from './targets/inventory.ts';
import {KUBELET} from './targets/kubelet.ts';
import {RECORDINGS} from './targets/recordings.ts';
import {SCREEN} from './targets/screen.ts';
import {SETTINGS} from './targets/settings.ts';
import {STORES} from './targets/stores.ts';

export const TARGETS: readonly Target[] = [
	...KUBELET,
	...CADVISOR,
	...INVENTORY,
	...STORES,
	...RECORDINGS,
	...SETTINGS,
	...SCREEN,
];
