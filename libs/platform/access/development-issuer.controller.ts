import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Public } from './allow';
import { DEMONSTRATION_PERSONS } from './demonstration-persons';
import { DEVELOPMENT_TOKEN_SECONDS, DevelopmentIssuer } from './development-issuer';

const SUBJECTS = DEMONSTRATION_PERSONS.map((person) => person.subject);

class TitleAnswer {
  @ApiProperty() readonly th: string;
  @ApiProperty() readonly en: string;
}

class PersonAnswer {
  @ApiProperty({ enum: SUBJECTS }) readonly subject: string;
  @ApiProperty({ type: TitleAnswer }) readonly title: TitleAnswer;
}

class TokenBody {
  @ApiProperty({ enum: SUBJECTS })
  @IsIn(SUBJECTS)
  readonly subject: string;
}

class TokenAnswer {
  @ApiProperty() readonly accessToken: string;
  @ApiProperty({ enum: ['Bearer'] }) readonly tokenType: 'Bearer';
  @ApiProperty() readonly expiresInSeconds: number;
}

/** The development issuer over HTTP. Exists only where the configuration has it on. */
@ApiTags('development')
@Controller('development')
export class DevelopmentIssuerController {
  constructor(private readonly issuer: DevelopmentIssuer) {}

  @Get('persons')
  @ApiOperation({ summary: 'The persons as whom the service can be tried' })
  @Public()
  @ApiOkResponse({ type: [PersonAnswer] })
  persons(): PersonAnswer[] {
    return DEMONSTRATION_PERSONS.map(({ subject, title }) => ({ subject, title }));
  }

  @Post('tokens')
  @ApiOperation({ summary: 'A token for one of the persons' })
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: TokenAnswer })
  async token(@Body() body: TokenBody): Promise<TokenAnswer> {
    const accessToken = await this.issuer.issueToken(body);
    return { accessToken, tokenType: 'Bearer', expiresInSeconds: DEVELOPMENT_TOKEN_SECONDS };
  }
}
