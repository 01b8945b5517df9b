export { StandingsModule } from './standings.module';
export { STANDINGS, standingsProjection } from './views/standings/standings.projection';
export { standingsRefusals } from './views/replay/replay.refusals';
