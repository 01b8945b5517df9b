export { StandingsModule } from './standings.module';
export { STANDINGS, standingsProjection } from './views/standings/standings.projection';
