/** What these settings hold by themselves: named in a prompt they are drawn, though no subject of their own. */
export const scenery: ReadonlySet<string> = new Set(
  (
    'sky cloud horizon light shadow reflection glint wave water wind air weather scene view landscape picture image film movie video shot clip ' +
    'background foreground backdrop distance side left right top bottom middle centre center front sand reed grass flower wildflower snow rain ' +
    'window roof chimney smoke sail mast railing wall ground earth land stone rock beam ray glow sunbeam raindrop puddle umbrella scarf coat hat ' +
    'tower building block shop road path track lane world nature atmosphere mood silence calm time hour moment season autumn spring summer colour ' +
    'color tone style way edge end bit lot pair row group crowd flock couple dozen dusk town leaf branch wheel headlight kerb curb plank deck ' +
    'jacket dress shore fleet herd snowflake spray foam surface blue red green yellow orange purple gold silver evening nothing everything ' +
    'cinematic wide close closeup close-up angle camera lens focus blur depth detail'
  ).split(' '),
);
