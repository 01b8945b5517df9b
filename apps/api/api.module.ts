import { Module, type DynamicModule } from '@nestjs/common';
import { VerifyPageController } from './pages/verify-page.controller';

/** The program that answers over HTTP: what all programs are composed of, and the pages that only this one serves. */
@Module({})
export class ApiModule {
  static around(composition: DynamicModule): DynamicModule {
    return { module: ApiModule, imports: [composition], controllers: [VerifyPageController] };
  }
}
