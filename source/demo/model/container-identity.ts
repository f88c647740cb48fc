import {randomOf} from './random.ts';

export function imageOf(name: string): string {
	return `registry.demo/${name}:1.4.2`;
}

/** An id like containerd's, with 64 hexadecimal digits: the pod's uid, then digits that differ for each life. */
export function containerId(podUid: string, name: string, life: number): string {
	const random = randomOf(name, life);
	let digits = podUid.replaceAll('-', '');
	while (digits.length < 64) {
		digits += Math.floor(random() * 2 ** 32)
			.toString(16)
			.padStart(8, '0');
	}

	return `containerd://${digits}`;
}
