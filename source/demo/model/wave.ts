/**
 * A rate over time with a closed integral: `mean` swung by a sine (`sway` is its share of the mean, below 1), plus
 * `burst` during a share of every burst period. In units per second, cores or shares of a second.
 */
export type Wave = {
	readonly mean: number;
	readonly sway: number;
	readonly periodS: number;
	readonly phase: number;
	readonly burst: number;
	readonly burstPeriodS: number;
	readonly burstShare: number;
};

export function steadyWave(mean: number): Wave {
	return {mean, sway: 0, periodS: 60, phase: 0, burst: 0, burstPeriodS: 60, burstShare: 0};
}

/** The exact amount from second 0 to second `s`; it never falls, as the rate is never negative. */
export function waveAmount(wave: Wave, s: number): number {
	const {mean, sway, periodS, phase, burst} = wave;
	const turn = (2 * Math.PI) / periodS;
	const swung = (sway / turn) * (Math.cos(phase) - Math.cos(turn * s + phase));
	return mean * (s + swung) + burst * burstSeconds(wave, s);
}

export function wavePeak({mean, sway, burst}: Wave): number {
	return mean * (1 + sway) + burst;
}

export function scaled(wave: Wave, factor: number): Wave {
	return {...wave, mean: wave.mean * factor, burst: wave.burst * factor};
}

/** How many seconds of bursts lie before second `s`; a burst ends every period. */
function burstSeconds({burstPeriodS, burstShare}: Wave, s: number): number {
	const quietS = burstPeriodS * (1 - burstShare);
	const periods = Math.floor(s / burstPeriodS);
	return periods * (burstPeriodS - quietS) + Math.max(0, s - periods * burstPeriodS - quietS);
}
